// A quiet line while the connection is away. What is typed meanwhile is kept; NiceGUI reconnects by itself.
(() => {
  const show = (isLost) => document.documentElement.classList.toggle("tt-offline", isLost);
  const watch = () => {
    if (!window.socket) return void setTimeout(watch, 50);
    window.socket.on("connect", () => show(false));
    window.socket.on("disconnect", () => show(true));
  };
  document.addEventListener("DOMContentLoaded", watch);
})();
