// Takes files, keys and choices, and says what it got.
const show = (id, text) => { document.getElementById(id).textContent = text; };

async function take(files) {
    const said = await Promise.all([...files].map(async (file) => {
        const bytes = new Uint8Array(await file.arrayBuffer());
        return `${file.name}=${[...bytes].join(",")}`;
    }));
    show("taken", said.join(" "));
}

document.body.addEventListener("dragover", (event) => event.preventDefault());
document.body.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
});
document.getElementById("files").addEventListener("change", (event) => take(event.target.files));
document.getElementById("line").addEventListener("keydown", (event) => {
    show("keys", `${event.shiftKey ? "Shift+" : ""}${event.key} ${document.getElementById("keys").textContent}`);
});
const dark = matchMedia("(prefers-color-scheme: dark)");
const showScheme = () => show("dark", dark.matches ? "dark" : "light");
dark.addEventListener("change", showScheme);
showScheme();
document.getElementById("break").addEventListener("click", () => {
    fetch("missing.json");
    throw new Error("broken on purpose");
});
document.getElementById("late").addEventListener("click", () => {
    setTimeout(() => document.querySelector("main").append(Object.assign(document.createElement("p"), { id: "came" })), 200);
});
