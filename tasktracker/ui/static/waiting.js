// On the page that is shown while the database is away: it goes on as soon as the server says that it is ready.
(() => {
  const EVERY = 2_000; // ms

  const look = async () => {
    const answer = await fetch("/readyz", { cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
    else setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
})();
