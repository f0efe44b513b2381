// 每一页都要的：请求带上防伪造的标记，登录过期了去登录，浅色深色随人选，连不上就说。

"use strict";

// ---- 防伪造：别的网站拿不到这个标记 ----

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["x-csrftoken"] = token();
});

// ---- 浅色、深色 ----

const THEME = "theme";

const dress = (theme) => {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
};

dress(localStorage.getItem(THEME));

document.addEventListener("change", (event) => {
  if (event.target.name !== "theme") return;
  const theme = event.target.value;
  if (theme) localStorage.setItem(THEME, theme);
  else localStorage.removeItem(THEME);
  dress(theme);
});

// 换了页也记得选的是哪一个。
document.addEventListener("DOMContentLoaded", () => {
  const chosen = document.querySelector(`[name=theme][value="${localStorage.getItem(THEME) ?? ""}"]`);
  if (chosen) chosen.checked = true;
});

// ---- 点别处或按 Esc，菜单就收起 ----

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// ---- 对话框、全选 ----

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-opens]")) document.getElementById(on("[data-opens]").dataset.opens)?.showModal();
  if (on("[data-closes]")) on("dialog").close();
  if (on("[data-prints]")) print();
});

document.addEventListener("change", (event) => {
  const { checks } = event.target.dataset;
  if (!checks) return;
  for (const one of event.target.form.querySelectorAll(`input[name="${checks}"]`)) one.checked = event.target.checked;
});
