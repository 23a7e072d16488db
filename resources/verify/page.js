"use strict";
(() => {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const field = document.getElementById("text"), answer = document.getElementById("answer");
  const subtle = globalThis.crypto && globalThis.crypto.subtle;

  async function show() {
    if (!field.value.trim()) return;
    const found = await PaperCheck.check(field.value, settings.keys, subtle);
    answer.className = found.verdict === "authentic" ? "good" : "bad";
    answer.replaceChildren();
    const add = (kind, text) => {
      const part = document.createElement(kind);
      part.textContent = text;
      answer.append(part);
    };
    add("h2", settings.verdicts[found.verdict]);
    if (found.verdict === "authentic" || found.verdict === "revoked" || found.verdict === "not_valid_then") {
      add("p", settings.words.paper + (settings.titles[found.kind] || found.kind));
      add("p", settings.words.number + found.number);
      add("p", settings.words.day + found.day);
      add("p", settings.words.compare);
      if (found.stationRevoked) add("p", settings.words.station_revoked);
    }
  }

  async function read(event) {
    const [file] = event.target.files;
    if (!file) return;
    try {
      const [code] = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(file));
      field.value = code ? code.rawValue : "";
      await (code ? show() : Promise.reject(new Error()));
    } catch (error) {
      answer.className = "bad";
      answer.textContent = settings.words.unread;
    }
  }

  document.getElementById("check").addEventListener("click", show);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); show(); } });
  const camera = document.getElementById("camera");
  if (globalThis.BarcodeDetector) camera.addEventListener("change", read); else camera.parentElement.hidden = true;
  if (location.hash.startsWith("#WA1:")) { field.value = decodeURIComponent(location.hash.slice(1)); show(); }
})();
