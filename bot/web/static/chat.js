// 客户的聊天窗：写的先放进发件箱，送到了才拿掉；断了就重连，重开页面也接着发。

"use strict";

const RETRY_AFTER = 2000;
const NOT_OURS = 4401;
const get = (id) => document.getElementById(id);

// ---- 这个对话是谁的：凭证留在浏览器里，重开页面还是同一个对话 ----

const order = new URLSearchParams(location.search).get("order") ?? "";
const TOKEN = `chat:token:${order}`;
const OUTBOX = `chat:outbox:${order}`;
const mine = () => get("hello").elements.token;
mine().value = localStorage.getItem(TOKEN) ?? mine().value;

// ---- 发件箱 ----

const waiting = () => JSON.parse(localStorage.getItem(OUTBOX) ?? "[]");
const keep = (entries) => localStorage.setItem(OUTBOX, JSON.stringify(entries));
const shown = (id) => document.querySelector(`#lines [data-id="${CSS.escape(id)}"]`);

const draw = () => {
  const rows = waiting().map((entry) => {
    const row = document.createElement("li");
    row.className = "line customer";
    const text = document.createElement("p");
    text.className = "bubble";
    text.textContent = entry.text;
    const state = document.createElement("p");
    state.className = "who";
    state.textContent = "正在发送…";
    row.append(state, text);
    return row;
  });
  get("outbox").replaceChildren(...rows);
};

const tidy = () => {
  const left = waiting().filter((entry) => !shown(entry.id));
  if (left.length !== waiting().length) keep(left);
  draw();
};

const post = (path, body, json) =>
  fetch(path, {
    method: "POST",
    body,
    headers: { "x-chat": mine().value, "x-csrftoken": token(), ...(json && { "content-type": "application/json" }) },
  });

const why = async (answer) => {
  try {
    return (await answer.json()).errors.map((error) => error.message).join("；");
  } catch {
    return "没有发出去，请再试一次。";
  }
};

let sending = false;

const flush = async () => {
  if (sending) return;
  sending = true;
  while (waiting().length) {
    const [entry] = waiting();
    let answer;
    try {
      answer = await post("/chat/messages", JSON.stringify(entry), true);
    } catch {
      answer = null;
    }
    if (!answer || answer.status === 429 || answer.status >= 500) {
      setTimeout(flush, RETRY_AFTER);
      if (answer?.status === 429) get("fault").textContent = await why(answer);
      break;
    }
    keep(waiting().filter((one) => one.id !== entry.id));
    if (answer.ok) {
      get("fault").textContent = "";
    } else {
      // 发不出去的还给写的人。
      get("fault").textContent = await why(answer);
      get("text").value ||= entry.text;
    }
    draw();
  }
  sending = false;
};

const say = (text) => {
  if (!text.trim()) return;
  localStorage.setItem(TOKEN, mine().value);
  keep([...waiting(), { id: crypto.randomUUID(), text: text.trim() }]);
  draw();
  bottom();
  flush();
};

// ---- 图片 ----

const sendPhoto = async (file) => {
  localStorage.setItem(TOKEN, mine().value);
  const form = new FormData();
  form.append("id", crypto.randomUUID());
  form.append("photo", file);
  get("fault").textContent = "正在发图片…";
  try {
    const answer = await post("/chat/photos", form);
    get("fault").textContent = answer.ok ? "" : await why(answer);
  } catch {
    get("fault").textContent = "图片没有发出去：网络断了，请稍后再发。";
  }
};

// ---- 写 ----

const bottom = () => {
  get("main").scrollTop = get("main").scrollHeight;
};

const grow = (box) => {
  box.rows = Math.min(Math.max(box.value.split("\n").length, Math.ceil(box.value.length / 24)), 5) || 1;
};

document.addEventListener("input", (event) => event.target.id === "text" && grow(event.target));

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "text" || event.key !== "Enter" || event.shiftKey) return;
  // 输入法选字时的回车不是发送。
  if (event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  get("write").requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id === "write") {
    say(get("text").value);
    get("text").value = "";
    grow(get("text"));
  } else if (form.id === "leave") {
    const { text, contact } = form.elements;
    say(`留言：${text.value}${contact.value.trim() ? `\n联系方式：${contact.value.trim()}` : ""}`);
  } else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.id === "human") say("转人工");
  const offer = event.target.closest("#offer button");
  if (offer) {
    say(`我想咨询的订单号：${offer.dataset.number}`);
    get("offer").hidden = true;
  }
});

document.addEventListener("change", (event) => {
  if (event.target.id !== "photo" || !event.target.files.length) return;
  sendPhoto(event.target.files[0]);
  event.target.value = "";
});

// ---- 连着没有 ----

document.addEventListener("htmx:after:ws:connection", () => {
  get("away").hidden = true;
  htmx.trigger(get("hello"), "hello");
  flush();
});

document.addEventListener("htmx:ws:close", (event) => {
  if (event.detail.code === NOT_OURS) {
    // 凭证作废了（换过密钥、清过数据）：从新的对话开始。
    localStorage.removeItem(TOKEN);
    location.reload();
  } else if (event.detail.reason === "closed") get("away").hidden = false;
});

let lines = 0;

document.addEventListener("htmx:after:swap", () => {
  tidy();
  const now = document.querySelectorAll("#lines > li").length;
  if (now !== lines) bottom();
  lines = now;
});

// ---- 开始 ----

document.addEventListener("DOMContentLoaded", () => {
  // 网店的页面说了是哪个订单：客户点一下才说出来。
  const about = new URLSearchParams(location.search).get("about");
  if (about && /^[\w-]{1,40}$/.test(about)) {
    const button = get("offer").querySelector("button");
    button.dataset.number = about;
    button.textContent = `咨询订单 ${about}`;
    get("offer").hidden = false;
  }
  // htmx 开始得可能比它的扩展早：那样连接还没有开。
  htmx.process(get("live"));
  draw();
  bottom();
});
