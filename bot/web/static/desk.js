// 工作台在浏览器里的那一点事：排队、计时、草稿、按键、提示音；连不上就说，回来了就补上。

"use strict";

const LOOK_EVERY = 5000;
const NOTICE_AFTER = 1200; // 机器人马上会答的，不响
const SIGN_IN_AGAIN = 4401;
const FAULTS = {
  403: "没有发出去：请刷新页面再发。文字还在。",
  413: "没有发出去：内容太长，请分几条发。文字还在。",
};
const BROKEN = "没有发出去：服务出错了，请再试一次。文字还在。";
const AWAY = "没有发出去：连不上服务，请稍后再试。文字还在。";

const get = (id) => document.getElementById(id);
const current = () => get("view").elements.view.value;

// ---- 列表：谁等得最久谁在最上面，时间自己走 ----

const waited = (seconds) => {
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} 小时 ${Math.floor((seconds % 3600) / 60)} 分`;
  return `${Math.floor(seconds / 86400)} 天`;
};

const tick = () => {
  const list = get("conversations");
  const now = Math.floor(Date.now() / 1000);
  for (const row of list.querySelectorAll("[data-since]")) {
    const seconds = Math.max(now - Number(row.dataset.since), 0);
    const wait = row.querySelector(".wait");
    const urgency =
      seconds >= Number(list.dataset.clock) ? "late" : seconds >= Number(list.dataset.soon) ? "soon" : "calm";
    const words = waited(seconds);
    if (wait.textContent !== words) wait.textContent = words;
    if (wait.dataset.urgency !== urgency) wait.dataset.urgency = urgency;
  }
};

const arrange = () => {
  const list = get("conversations");
  const focused = document.activeElement?.closest("#conversations > li");
  const sorted = [...list.children].toSorted((one, other) => (one.dataset.key < other.dataset.key ? -1 : 1));
  for (const row of sorted.splice(Number(list.dataset.most))) row.remove();
  sorted.forEach((row, place) => {
    if (list.children[place] === row) return;
    // moveBefore 不丢焦点；旧浏览器没有它。
    if (list.moveBefore) list.moveBefore(row, list.children[place]);
    else list.insertBefore(row, list.children[place]);
  });
  if (focused && !focused.contains(document.activeElement)) focused.querySelector("a").focus();
  for (const link of list.querySelectorAll("a")) {
    if (link.dataset.c === current()) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  get("no-rows").hidden = sorted.length > 0;
  count();
  tick();
};

const count = () => {
  const waiting = Number(get("more").dataset.waiting);
  const unread = document.querySelectorAll('#conversations li:not([data-unread="0"])').length;
  const said = waiting ? `${waiting} 个在等` : "";
  if (get("waiting-count").textContent !== said) get("waiting-count").textContent = said;
  get("dot").hidden = unread === 0;
  document.title = `${unread ? `(${unread}) ` : ""}工作台 · 售后助手`;
};

setInterval(tick, 1000);

// ---- 新消息：响一声 ----

const SOUND = "sound";
let audio = null;

const beep = () => {
  if (!get("sound").checked) return;
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 880;
  volume.gain.setValueAtTime(0.12, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
};

const waitingNow = () => new Set([...document.querySelectorAll("#conversations [data-since]")].map((row) => row.id));
let known = new Set();

const notice = () => {
  const fresh = [...waitingNow()].filter((id) => !known.has(id));
  known = waitingNow();
  if (!fresh.length) return;
  setTimeout(() => {
    if (fresh.some((id) => waitingNow().has(id))) beep();
  }, NOTICE_AFTER);
};

// ---- 写 ----

const draft = () => `draft:${current()}`;
const keep = (box) => {
  if (box.value) sessionStorage.setItem(draft(), box.value);
  else sessionStorage.removeItem(draft());
};

// 建议取进来、或者刚开始写的时候，眼前的结论是哪一个；发的时候变了就先说。
const holdBasis = (form) => {
  form.elements.basis.value ||= get("advice").querySelector("[name=basis]")?.value ?? "";
};

const announce = (box) => box.dispatchEvent(new Event("input", { bubbles: true }));

// 放在光标处，写了一半的不丢；没写就整句放进去。
const insert = (text, script = "", basis = "") => {
  const box = get("agent-text");
  if (!box) return;
  const empty = !box.value.trim();
  box.focus();
  if (empty) box.value = text;
  else box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.form.elements.script.value = empty ? script : "";
  box.form.elements.basis.value = empty ? basis : box.form.elements.basis.value;
  holdBasis(box.form);
  announce(box);
};

// 短语附的图片：和这条回复一起发，发之前可以去掉。
const attach = (picture) => {
  const place = get("with-picture");
  get("composer").elements.picture.value = picture;
  if (picture) place.querySelector("img").src = `/phrases/pictures/${picture}`;
  place.hidden = !picture;
};

const take = (reply) => {
  const { script, basis } = reply.elements;
  insert(reply.querySelector(".text").textContent.trim(), script.value, basis.value);
  show("chat");
};

document.addEventListener("input", (event) => {
  const box = event.target;
  if (box.id !== "agent-text") return;
  keep(box);
  if (box.value) holdBasis(box.form);
  else box.form.elements.basis.value = box.form.elements.script.value = "";
});

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-takes]")) take(on("form"));
  if (on("[data-inserts]")) {
    get("scripts-dialog").close();
    const { inserts, picture } = on("[data-inserts]").dataset;
    insert(inserts);
    if (picture) attach(picture);
  }
  if (on("[data-finds]")) find();
  if (on("[data-drops-picture]")) attach("");
  if (on("button[data-pane]")) show(on("button[data-pane]").dataset.pane);
});

// ---- 找话术 ----

const find = () => {
  if (!get("agent-text")) return;
  get("scripts-q").value = "";
  get("scripts-dialog").showModal();
  get("scripts-q").focus();
  htmx.trigger(get("scripts-q"), "look");
};

const hits = () => [...document.querySelectorAll("#hits .hit")];

// 输入框里上下键选，回车取第一个或选中的；选中的时候接着打字，还是在找。
const choose = (event) => {
  const found = hits();
  const place = found.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = place + (event.key === "ArrowDown" ? 1 : -1);
    (found[next] ?? get("scripts-q")).focus();
  } else if (event.key === "Enter" && place < 0) {
    event.preventDefault();
    found[0]?.click();
  }
};

// ---- 按键 ----

const walk = (event) => {
  const rows = [...document.querySelectorAll("#conversations a")];
  const place = rows.indexOf(document.activeElement);
  if (place < 0) return;
  event.preventDefault();
  rows[place + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
};

document.addEventListener("keydown", (event) => {
  const box = event.target;
  // 输入法选字时的回车不是发送；229 是旧浏览器的说法。
  if (event.isComposing || event.keyCode === 229) return;
  if (get("scripts-dialog").open) {
    choose(event);
    return;
  }
  const typing = box.matches("input, textarea, select");
  if (event.key === "/" && (!typing || (box.id === "agent-text" && !box.value))) {
    event.preventDefault();
    find();
  } else if (event.ctrlKey && /^[1-3]$/.test(event.key)) {
    const reply = document.querySelectorAll("#advice form.reply")[Number(event.key) - 1];
    if (!reply?.querySelector("[data-takes]")) return;
    event.preventDefault();
    take(reply);
  } else if (event.key === "Enter" && box.matches("textarea") && !event.shiftKey) {
    event.preventDefault();
    box.form.requestSubmit();
  } else if (event.key === "Escape" && box.id === "agent-text") {
    document.querySelector('#conversations a[aria-current="true"]')?.focus();
  } else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
    walk(event);
  }
});

// ---- 窄屏：一次看一栏 ----

const show = (pane) => {
  get("main").dataset.pane = pane;
  for (const button of document.querySelectorAll(".panes button")) {
    if (button.dataset.pane === pane) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
};

// ---- 发送 ----

document.addEventListener("htmx:after:request", (event) => {
  const { sourceElement: form, request, response } = event.detail.ctx;
  if (response.status >= 300) {
    if (response.status === 409 && form.id === "composer") form.elements.basis.value = "";
    return;
  }
  const box = form.closest?.("form")?.querySelector("textarea");
  const sent = new URLSearchParams(request.body).get("text")?.replaceAll("\r\n", "\n");
  // 等回音时又接着写的，不清掉。
  if (!box || box.value !== sent) return;
  box.value = "";
  announce(box);
  if (box.id === "agent-text") attach("");
});

const tell = (form, text) => {
  const place = document.querySelector(form?.getAttribute?.("hx-target") ?? "#send-told");
  if (place && place.id !== "conversation") place.innerHTML = "";
  const line = document.createElement("p");
  line.className = "fault";
  line.setAttribute("role", "alert");
  line.textContent = text;
  if (place?.matches("p")) place.textContent = text;
  else place?.append(line);
};

document.addEventListener("htmx:response:error", (event) => {
  const { sourceElement: form, response } = event.detail.ctx;
  if (response.status in FAULTS) tell(form, FAULTS[response.status]);
  else if (response.status >= 500) tell(form, BROKEN);
});

document.addEventListener("htmx:error", (event) => {
  const form = event.detail.ctx?.sourceElement;
  if (form?.matches?.("form")) tell(form, AWAY);
});

// ---- 打开一个对话 ----

const restore = () => {
  const box = get("agent-text");
  if (!box) return;
  box.value ||= sessionStorage.getItem(draft()) ?? "";
  if (box.value) announce(box);
};

const bottom = () => {
  const messages = get("messages");
  if (messages) messages.scrollTop = messages.scrollHeight;
};

// 换了对话：告诉服务在看哪一个，取回这里的草稿。
document.addEventListener("htmx:after:request", (event) => {
  const link = event.detail.ctx.sourceElement;
  // 等回音时那一行可能已经换成新的，旧的不在列表里了：认它记着的对话。
  if (!link.matches?.("a[data-c]") || event.detail.ctx.response.status >= 300) return;
  get("view").elements.view.value = link.dataset.c;
  htmx.trigger(get("view"), "view");
  show("chat");
});

let opened = current();

document.addEventListener("htmx:after:swap", () => {
  arrange();
  notice();
  if (state !== "ok") look(); // 有东西来，就是连上了
  if (opened === current()) return;
  opened = current();
  restore();
  bottom();
  get("agent-text")?.focus({ preventScroll: true });
});

window.addEventListener("popstate", () => location.reload());

// ---- 更正以后从建议接着看，不用从页首再走一遍 ----

let chosen = false;

document.addEventListener("htmx:after:request", (event) => {
  chosen = event.detail.ctx.request.action?.includes?.("/desk/corrections") ?? false;
});

document.addEventListener("htmx:after:swap", () => {
  if (chosen && document.activeElement === document.body) get("advice").focus({ preventScroll: true });
  chosen = false;
});

// ---- 连着没有；断了以后全部补上 ----

let state = "ok";
let connectedBefore = false;

const banner = () => {
  for (const one of document.querySelectorAll(".banner[data-state]")) one.hidden = one.dataset.state !== state;
};

document.addEventListener("htmx:after:ws:connection", () => {
  get("view").elements.again.value = connectedBefore ? "1" : "";
  connectedBefore = true;
  htmx.trigger(get("view"), "view");
  get("view").elements.again.value = "";
  look();
});

document.addEventListener("htmx:ws:close", (event) => {
  if (event.detail.code === SIGN_IN_AGAIN) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  else if (event.detail.reason === "closed") {
    state = "away";
    banner();
  }
});

const look = async () => {
  try {
    const health = await (await fetch("/healthz")).json();
    state = health.understanding !== "rasa" ? "degraded" : health.policy !== "ok" ? "policy" : "ok";
  } catch {
    state = "away";
  }
  banner();
};

setInterval(() => document.hidden || look(), LOOK_EVERY);
document.addEventListener("visibilitychange", () => document.hidden || look());

// ---- 开始 ----

document.addEventListener("DOMContentLoaded", () => {
  const sound = get("sound");
  sound.checked = localStorage.getItem(SOUND) === "1";
  sound.addEventListener("change", () => {
    localStorage.setItem(SOUND, sound.checked ? "1" : "0");
    beep();
  });
  // htmx 开始得可能比它的扩展早：那样连接还没有开。已经开了的，再来一遍也没有事。
  for (const id of ["live", "conversation"]) htmx.process(get(id));
  known = waitingNow();
  show(get("main").dataset.pane);
  arrange();
  restore();
  bottom();
});
