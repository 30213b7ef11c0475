// The review by keyboard: Enter confirms, J and K walk, and the current clause stays in sight.
import { isTyping } from "../ui/behaviour.js";

const WAYS = { j: "[data-sl-review-next]", k: "[data-sl-review-previous]" };

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  const way = WAYS[event.key.toLowerCase()];
  if (way) {
    const link = document.querySelector(way);
    if (link) link.click();
  } else if (event.key === "Enter" && !event.target.closest("a, button, summary, input, select, textarea")) {
    const accept = document.querySelector("[data-sl-review-accept]");
    if (accept) {
      event.preventDefault();
      accept.click();
    }
  }
}

// Scrolls inside each pane only, so that the page itself does not jump.
function showCurrent() {
  for (const pane of document.querySelectorAll("[data-sl-review-pane]")) {
    const current = pane.querySelector("[data-sl-current]");
    if (!current || pane.scrollHeight <= pane.clientHeight) continue;
    const above = current.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += above - pane.clientHeight / 3;
  }
  const form = document.querySelector("[data-sl-review-edit]");
  if (form) form.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", press);
document.body.addEventListener("htmx:afterSettle", showCurrent);
showCurrent();
