// Goes on asking what has not been asked yet, for as long as the page is open.
export function goOn() {
  const waiting = document.querySelector("[data-go] a.on");
  if (waiting) setTimeout(() => { location.replace(waiting.href); }, 300);
}
