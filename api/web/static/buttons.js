// Shows the buttons that only work with script: copy with citations, and print.
export function showButtons(root) {
  for (const button of root.querySelectorAll(".copies")) {
    button.hidden = false;
    button.onclick = async () => {
      const text = button.parentElement.querySelector(".to-copy").textContent;
      const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
      button.textContent = done ? "Copied" : "Could not copy: select the text instead";
    };
  }
  for (const button of root.querySelectorAll(".prints")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
}
