// 没有办成就说在页面上：连不上、出错、太大。写的还在；问进度的，连上了接着问。

"use strict";

const AGAIN_AFTER = 2000;
const TROUBLES = {
  403: "没有办成：请刷新页面再试。写的还在。",
  413: "没有办成：文件太大了，请分成几个。",
};
const BROKEN = "没有办成：服务出错了，请再试一次。写的还在。";
const AWAY = "连不上服务，没有办成。写的还在，连上了再试一次。";
const WAITING = "连不上服务，正在重试。";

const trouble = (text) => {
  const line = document.getElementById("trouble");
  if (line.textContent === text) return;
  line.textContent = text;
  line.hidden = !text;
};

// 问进度的自己会再问，不用人点。
const again = (element) => {
  if (!element?.matches?.("[hx-trigger~='again']")) return false;
  setTimeout(() => htmx.trigger(element, "again"), AGAIN_AFTER);
  return true;
};

document.addEventListener("htmx:after:request", (event) => {
  if (event.detail.ctx.response?.status < 400) trouble("");
});

document.addEventListener("htmx:response:error", (event) => {
  const { sourceElement, response } = event.detail.ctx;
  if (response.status in TROUBLES) trouble(TROUBLES[response.status]);
  else if (response.status >= 500) trouble(again(sourceElement) ? WAITING : BROKEN);
});

document.addEventListener("htmx:error", (event) => {
  const { ctx } = event.detail;
  if (ctx) trouble(again(ctx.sourceElement) ? WAITING : AWAY);
});
