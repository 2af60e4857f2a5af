// Inserts the assistant after the script element that loads this: <script src="https://…/embed.js" async></script>
(() => {
  const script = document.currentScript, origin = new URL(script.src).origin, frame = document.createElement("iframe");
  frame.src = `${origin}/embed`;
  frame.title = script.dataset.title || "Ask the policy documents";
  frame.referrerPolicy = "no-referrer";
  frame.allow = "clipboard-write";
  Object.assign(frame.style, { width: "100%", border: "0", height: `${Number(script.dataset.height) || 640}px` });
  // The frame says how high its content is; nothing else is read of it.
  addEventListener("message", (event) => {
    const height = event.data?.policyAssistantHeight;
    if (event.source !== frame.contentWindow || event.origin !== origin || !Number.isFinite(height)) return;
    frame.style.height = `${Math.min(Math.max(height, 200), 50000)}px`;
  });
  script.after(frame);
})();
