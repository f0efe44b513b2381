// 回车发送，Shift+回车换行；输入法选字时的回车不是发送。
document.addEventListener("keydown", (event) => {
  const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
  if (!sends || !event.target.matches("textarea[name=text]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// 打字时只留下说到它的情况。
document.getElementById("find-case")?.addEventListener("input", (event) => {
  const words = event.target.value.trim().toLowerCase();
  for (const one of document.querySelectorAll(".case")) {
    one.hidden = !one.dataset.words.toLowerCase().includes(words);
  }
});

// 限时练习：客户等了多久，一秒一秒地写在回复框上面。
const tell = () => {
  for (const one of document.querySelectorAll("time.waited")) {
    const seconds = Math.max(0, Math.round((Date.now() - Date.parse(one.dateTime)) / 1000));
    one.textContent = `等了 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
};
tell();
setInterval(tell, 1000);
