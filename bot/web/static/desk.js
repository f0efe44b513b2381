// 页面在浏览器里的那一点事：回车发送，发出去了才清空，出错时说清楚，看服务在不在。

"use strict";

const LOOK_EVERY = 5000;
const FAULTS = {
  403: "没有发出去：请从本页面发送。",
  413: "没有发出去：内容太长，请分几条发。文字还在。",
};
const BROKEN = "没有发出去：服务出错了，请再试一次。文字还在。";
const AWAY = "没有发出去：连不上服务，请稍后再试。文字还在。";

const get = (id) => document.getElementById(id);

// ---- writing ----

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (event.key !== "Enter" || !box.matches("textarea")) return;
  // 输入法选字时的回车不是发送；229 是旧浏览器的说法。
  if (event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  box.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fills]");
  if (!button) return;
  const box = get(button.dataset.fills);
  box.value = (button.closest(".reply")?.querySelector(".text") ?? button).textContent.trim();
  keep(box);
  box.focus();
});

// ---- what is typed and not sent yet survives a reload ----

const draft = (box) => `draft:${box.form.elements.c.value}:${box.id}`;
const keep = (box) =>
  box.value ? sessionStorage.setItem(draft(box), box.value) : sessionStorage.removeItem(draft(box));

// 选了订单就开始，不用再点一次。
document.addEventListener("change", (event) => {
  if (event.target.id === "start-order" && event.target.value) event.target.form.requestSubmit();
});

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) keep(event.target);
});

for (const box of document.querySelectorAll("textarea")) {
  box.value ||= sessionStorage.getItem(draft(box)) ?? "";
}

// ---- sending ----

const fault = (form, text) => {
  get(form.dataset.fault).textContent = text;
  mark();
};

const mark = () => {
  for (const place of document.querySelectorAll(".fault")) {
    const field = get(place.dataset.of);
    if (place.textContent.trim()) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
};

document.addEventListener("htmx:after:request", (event) => {
  const { sourceElement: form, request, response } = event.detail.ctx;
  const box = form.querySelector?.("textarea");
  if (!box || response.status >= 300) return;
  // 等回音时又接着写的，不清掉。
  const sent = new URLSearchParams(request.body).get("text").replaceAll("\r\n", "\n");
  if (box.value === sent) box.value = "";
  keep(box);
});

document.addEventListener("htmx:response:error", (event) => {
  const { sourceElement: form, response } = event.detail.ctx;
  if (response.status in FAULTS) fault(form, FAULTS[response.status]);
  else if (response.status >= 500) fault(form, BROKEN);
});

document.addEventListener("htmx:error", (event) => {
  const form = event.detail.ctx?.sourceElement;
  if (form?.dataset.fault) fault(form, AWAY);
});

document.addEventListener("htmx:after:swap", () => {
  mark();
  look();
});

// ---- choosing what the customer means ----

// 选了以后按钮就换掉了：用键盘的人从建议接着看，不用从页首再走一遍。
let chosen = false;

document.addEventListener("htmx:after:request", (event) => {
  chosen = event.detail.ctx.sourceElement.matches?.("[data-fault=choice-fault]");
});

document.addEventListener("htmx:after:swap", () => {
  if (chosen && document.activeElement === document.body) get("advice").focus({ preventScroll: true });
});

// ---- is everything there? ----

const look = async () => {
  let state = "away";
  try {
    const health = await (await fetch("/healthz")).json();
    state = health.understanding !== "rasa" ? "degraded" : health.policy !== "ok" ? "policy" : "ok";
  } catch {
    // 连不上，就说连不上。
  }
  for (const banner of document.querySelectorAll("[data-state]")) {
    banner.hidden = banner.dataset.state !== state;
  }
};

setInterval(() => document.hidden || look(), LOOK_EVERY);
document.addEventListener("visibilitychange", () => document.hidden || look());

get("messages").scrollTop = get("messages").scrollHeight;
mark();
