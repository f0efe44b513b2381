// 限时练习：客户等了多久，一秒一秒地写在回复框上面。
const tell = () => {
  for (const one of document.querySelectorAll("time.waited")) {
    const seconds = Math.max(0, Math.round((Date.now() - Date.parse(one.dateTime)) / 1000));
    one.textContent = `等了 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
};
tell();
setInterval(tell, 1000);
