import { rows } from "./lib/csv.js";

export default rows(files.text(context.file_path)).map(({ time, level }) => ({ time, level: Number(level) }));
