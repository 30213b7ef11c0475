// The side menu's headings fold; what a reader opened or folded is remembered for a year.
const NAME = "sl_menu";
const YEAR = 365 * 24 * 3600;

export function startFolds(root) {
  for (const fold of root.querySelectorAll("[data-sl-fold]")) {
    // the click comes before the change, from the mouse and from Enter or Space alike
    fold.querySelector("summary").addEventListener("click", () => remember(fold.dataset.slFold, !fold.open));
  }
}

function remember(key, isOpen) {
  const kept = new Map(stored().map((pair) => pair.split(":")));
  kept.set(key, isOpen ? "1" : "0");
  const text = [...kept].map((pair) => pair.join(":")).join(".");
  document.cookie = `${NAME}=${text}; path=/; max-age=${YEAR}; samesite=lax`;
}

function stored() {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${NAME}=`));
  return found ? found.slice(NAME.length + 1).split(".").filter(Boolean) : [];
}
