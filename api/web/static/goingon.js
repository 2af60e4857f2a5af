// Reloads the page as long as it is open, so that the questions that wait are asked, or a run is watched.
export function goOn() {
  const waiting = document.querySelector("[data-go] a.on");
  if (!waiting) return;
  const wait = Number(waiting.closest("[data-go]").dataset.wait ?? 300);
  setTimeout(() => { location.replace(waiting.href); }, wait);
}
