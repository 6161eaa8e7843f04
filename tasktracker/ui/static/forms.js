// A form that posts JSON to the API and shows what is wrong beside the field that it is about. What was typed stays.
(() => {
  const { t, told } = window.tasktracker;
  const send = (method, address, body) =>
    fetch(address, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

  // A new account reads as the browser does that made it; the profile has both to be changed. It works without.
  const introduce = () => {
    const locale = new Intl.Locale(window.tasktracker.language()).baseName;
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    return send("PATCH", "/api/v1/me", { locale, time_zone: timeZone }).catch(() => {});
  };

  const show = (form, pointer, message) => {
    const place = form.querySelector(`[data-problem="${CSS.escape(pointer)}"]`) || form.querySelector('[data-problem="/"]');
    place.textContent = message;
    place.classList.add("tt-problem");
    const field = form.elements[pointer.slice(1)];
    field?.setAttribute("aria-invalid", "true");
    return field;
  };

  const clear = (form) => {
    form.querySelectorAll("[data-problem]").forEach((place) => {
      place.dataset.hint ??= place.textContent;
      place.textContent = place.dataset.hint;
      place.classList.remove("tt-problem");
    });
    form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  };

  const showProblem = (form, problem) => {
    const fields = (problem.errors || []).map(({ pointer, detail }) => show(form, pointer, told(detail)));
    if (!fields.length) show(form, "/", problem.detail ? told(problem.detail) : t("That did not work. Please try again."));
    (fields.find(Boolean) || form.elements[form.elements.length - 2])?.focus();
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-action]");
    if (!form) return;
    event.preventDefault();
    clear(form);
    const submit = form.querySelector("[type=submit]");
    submit.disabled = true;
    try {
      const answer = await send("POST", form.dataset.action, Object.fromEntries(new FormData(form)));
      if (answer.ok) {
        if (form.dataset.introduces) await introduce();
        return void window.location.assign(form.dataset.target);
      }
      showProblem(form, await answer.json());
    } catch {
      show(form, "/", t("The server cannot be reached. What you typed is still here: try again in a moment."));
    }
    submit.disabled = false;
  });
})();
