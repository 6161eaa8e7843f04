// The address says what a page shows, so that it can be reloaded or sent to somebody.
(() => {
  // The links to the other views of the project take the filter along.
  const carry = (filter) => {
    for (const tab of document.querySelectorAll("a.tt-tab")) {
      const target = new URL(tab.href);
      if (filter) target.searchParams.set("filter", filter);
      else target.searchParams.delete("filter");
      tab.href = target.href;
    }
  };

  // Set parts of the query, or remove those that are null; the others stay.
  const setAddress = (changes) => {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    history.replaceState(history.state, "", url);
    carry(url.searchParams.get("filter"));
  };
  window.tasktracker = { ...window.tasktracker, setAddress };
})();
