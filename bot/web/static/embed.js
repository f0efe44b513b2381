// 放进网店页面的一行：<script src="https://客服地址/chat/embed.js" data-order="订单号" defer></script>
// 右下角出现「联系客服」，点开是聊天窗。除此以外不碰网店的页面，也读不到它。

"use strict";

(() => {
  const script = document.currentScript;
  const page = new URL("/chat", script.src);
  if (script.dataset.order) page.searchParams.set("about", script.dataset.order);

  const place = document.createElement("div");
  const shadow = place.attachShadow({ mode: "open" });
  const put = (element, style) => Object.assign(element.style, style);
  put(place, { position: "fixed", right: "16px", bottom: "16px", zIndex: "2147483000" });

  const frame = document.createElement("iframe");
  frame.title = "联系客服";
  put(frame, {
    display: "none",
    width: "min(380px, calc(100vw - 32px))",
    height: "min(600px, calc(100dvh - 96px))",
    border: "0",
    borderRadius: "12px",
    boxShadow: "0 8px 32px rgb(0 0 0 / 25%)",
    marginBottom: "12px",
  });

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "联系客服";
  button.setAttribute("aria-expanded", "false");
  put(button, {
    display: "block",
    marginLeft: "auto",
    minHeight: "44px",
    padding: "0 20px",
    border: "0",
    borderRadius: "22px",
    background: "#0b5cad",
    color: "#fff",
    font: "600 16px/1 system-ui, sans-serif",
    cursor: "pointer",
  });

  const show = (open) => {
    if (open && !frame.src) frame.src = page.href;
    frame.style.display = open ? "block" : "none";
    button.textContent = open ? "收起" : "联系客服";
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(frame.style.display === "none"));

  shadow.append(frame, button);
  document.body.append(place);
})();
