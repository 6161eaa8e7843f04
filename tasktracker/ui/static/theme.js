(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("tasktracker:theme");
    } catch {
      return null;
    }
  };
  const apply = () => {
    const theme = chosen() || (system.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme;
    const color = document.querySelector('meta[name="theme-color"]');
    if (color) color.content = color.dataset[theme];
    const manifest = document.querySelector('link[rel="manifest"]');
    if (manifest && manifest.getAttribute("href") !== manifest.dataset[theme]) manifest.href = manifest.dataset[theme];
    window.Quasar?.Dark.set(theme === "dark");
  };
  window.tasktrackerTheme = () => chosen() || "system";
  window.tasktrackerSetTheme = (theme) => {
    if (theme === "system") localStorage.removeItem("tasktracker:theme");
    else localStorage.setItem("tasktracker:theme", theme);
    apply();
    document.dispatchEvent(new Event("tasktracker:theme"));
  };
  window.tasktrackerToggleTheme = () =>
    window.tasktrackerSetTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);
  window.addEventListener("storage", apply);
  apply();
})();
