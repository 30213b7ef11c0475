// One key for one button or link: data-sl-key="a". What data-sl-key-needs names must be filled in first.
import { isTyping } from "../ui/behaviour.js";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const target = document.querySelector(`[data-sl-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  const needed = document.getElementById(target.dataset.slKeyNeeds || "");
  if (needed && !needed.value.trim()) {
    needed.focus();
    needed.scrollIntoView({ block: "nearest" });
    return;
  }
  target.click();
});
