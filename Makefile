# The verbs of this house; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help install install-dev run train test check bench lock

PYTHON := .venv/bin/python
RASA_PYTHON := envs/rasa/.venv/bin/python
CODE := bot $(wildcard actions)

help: ## list the verbs
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20

install: ## 安装 set up both environments
	@envs/setup

install-dev:
	@envs/setup --dev

train: install ## 训练 train what Rasa understands, if its data changed
	@envs/train

run: train ## 运行 start everything with the demo shop
	@.venv/bin/shouhou serve --demo

test: install-dev ## 测试 run all tests
	@envs/system
	@envs/train
	$(RASA_PYTHON) -m pytest -c envs/rasa/pytest.ini --rootdir . $(wildcard tests/language tests/nlu)
	$(PYTHON) -m pytest

check: install-dev ## 检查 format, lint, types, layers, policy, docs
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy $(CODE)
	$(PYTHON) -m pytest -q tests/test_house.py tests/test_docs.py
	.venv/bin/shouhou check-policy

bench: train ## 测速 measure speed, size and understanding on this machine
	$(PYTHON) tests/bench.py

lock: install ## write the requirements.txt files anew (envs/lock --upgrade: newest versions)
	@envs/lock
