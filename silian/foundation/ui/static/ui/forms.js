// Forms: focus on the list of errors, drafts on the server, growing text boxes, previews of files.

const WAIT = 2500; // long enough not to send every keystroke

export function startForms(root) {
  const errors = root.querySelector("[data-sl-errors]");
  if (errors) errors.focus();
  for (const area of root.querySelectorAll("[data-sl-grow]")) startGrowing(area);
  for (const preview of root.querySelectorAll("[data-sl-preview][data-sl-kind=pdf]")) startPreview(preview);
  for (const form of root.querySelectorAll("form[data-sl-draft]")) startDraft(form);
}

function startGrowing(area) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(560, area.scrollHeight + 2)}px`;
  };
  area.addEventListener("input", fit);
  if (area.value) fit();
}

function startPreview(preview) {
  preview.addEventListener("toggle", () => {
    if (!preview.open || preview.querySelector("iframe")) return;
    const frame = document.createElement("iframe");
    frame.src = preview.dataset.slPreview;
    frame.title = preview.closest("li").querySelector("a").textContent;
    preview.append(frame);
  });
}

const address = (name, end = "") => `/ui/drafts/${encodeURIComponent(name)}/${end}`;
const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
const post = (url, body) => fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token(), "Content-Type": "application/json" } });
const sentKey = (name) => `sl-sent:${name}`;

function typed(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    const field = form.elements[name];
    const kind = field instanceof RadioNodeList ? "" : field.type;
    if (name === "csrfmiddlewaretoken" || kind === "password" || kind === "hidden" || typeof value !== "string") continue;
    (values[name] ||= []).push(value);
  }
  return values;
}

function fill(form, values) {
  for (const field of form.elements) {
    if (!field.name || ["hidden", "password", "file", "submit", "button"].includes(field.type) || !(field.name in values)) continue;
    const given = values[field.name];
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else if (field.tomselect) field.tomselect.setValue(field.multiple ? given : given[0]);
    else if (field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
    else field.value = given[0];
    field.dispatchEvent(new Event("sl:restored", { bubbles: true }));
  }
}

async function startDraft(form) {
  const name = form.dataset.slDraft;
  const note = form.querySelector("[data-sl-draft-note]");
  const write = (words) => { if (note) note.textContent = words; };
  const pristine = typed(form);
  const refused = form.querySelector("[data-sl-errors]") !== null;
  sessionStorage.removeItem(sentKey(name));
  if (!refused) await restore(form, name, pristine);
  let timer = 0;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const answer = await post(address(name), JSON.stringify(typed(form)));
        const body = await answer.json();
        write(answer.ok ? `已自动保存 ${body.saved}` : body.error);
      } catch {
        write("网络断开，内容还在本页");
      }
    }, WAIT);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sessionStorage.setItem(sentKey(name), "1");
  });
}

async function restore(form, name, pristine) {
  const answer = await fetch(address(name), { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const kept = await answer.json();
  if (!kept.data || JSON.stringify(kept.data) === JSON.stringify(pristine)) return;
  fill(form, kept.data);
  const bar = document.createElement("div");
  bar.className = "sl-draft-bar";
  bar.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = `已填入 ${kept.saved} 自动保存的内容，附件需重新选择`;
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn btn-sm";
  drop.textContent = "不用草稿";
  drop.addEventListener("click", async () => {
    await post(address(name, "drop/"), "{}");
    location.reload();
  });
  bar.append(words, drop);
  form.prepend(bar);
}

// A form that was sent and is not on this page any more was accepted: its draft has served.
export function dropSentDrafts() {
  for (const key of Object.keys(sessionStorage)) {
    if (!key.startsWith("sl-sent:")) continue;
    const name = key.slice("sl-sent:".length);
    if (document.querySelector(`form[data-sl-draft="${CSS.escape(name)}"]`)) continue;
    sessionStorage.removeItem(key);
    post(address(name, "drop/"), "{}").catch(() => {});
  }
}
