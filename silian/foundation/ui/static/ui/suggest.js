// Lines under a search box while somebody types: texts to search for, things to open.
const WAIT = 150;
let made = 0;

export function startSuggestions(root) {
  for (const box of root.querySelectorAll("input[data-sl-suggest]")) startBox(box);
}

function startBox(box) {
  const list = document.createElement("ul");
  made += 1;
  list.id = `sl-suggest-${made}`;
  list.className = "sl-suggest-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "输入提示");
  list.hidden = true;
  box.parentElement.classList.add("sl-suggest-place");
  box.parentElement.append(list);
  box.autocomplete = "off";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    box.setAttribute(name, value);
  }
  let timer = 0;
  let asked = "";
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(), WAIT);
  });
  box.addEventListener("blur", () => setTimeout(() => close(box, list), WAIT));
  box.addEventListener("keydown", (event) => steer(event, box, list));

  async function ask() {
    asked = box.value.trim();
    if (!asked) return close(box, list);
    const mine = asked;
    try {
      const answer = await fetch(`${box.dataset.slSuggest}?q=${encodeURIComponent(mine)}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return close(box, list);
      const { results } = await answer.json();
      if (mine === asked && document.activeElement === box) show(box, list, results);
    } catch {
      close(box, list); // the search itself still works
    }
  }
}

function show(box, list, results) {
  list.replaceChildren(...results.map((result, place) => lineOf(box, list, result, place)));
  list.hidden = results.length === 0;
  box.setAttribute("aria-expanded", String(!list.hidden));
  box.removeAttribute("aria-activedescendant");
}

function lineOf(box, list, result, place) {
  const line = document.createElement("li");
  line.id = `${list.id}-${place}`;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  const text = document.createElement("span");
  text.textContent = result.text;
  line.append(text);
  if (result.note) {
    const note = document.createElement("small");
    note.textContent = result.note;
    line.append(note);
  }
  line.addEventListener("mousedown", (event) => event.preventDefault());
  line.addEventListener("click", () => choose(box, list, result));
  line.slResult = result;
  return line;
}

function choose(box, list, result) {
  close(box, list);
  if (result.url) {
    location.assign(result.url);
    return;
  }
  box.value = result.text;
  box.form.requestSubmit();
}

function close(box, list) {
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function steer(event, box, list) {
  if (list.hidden || event.isComposing) return;
  const lines = [...list.children];
  const here = lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") {
    event.preventDefault();
    close(box, list);
  } else if (event.key === "Enter" && here >= 0) {
    event.preventDefault();
    choose(box, list, lines[here].slResult);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = lines[(here + step + lines.length + (here < 0 && step < 0 ? 1 : 0)) % lines.length];
    lines.forEach((line) => line.setAttribute("aria-selected", String(line === next)));
    box.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }
}
