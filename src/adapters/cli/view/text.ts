// Text as a terminal may show it: nothing in it moves the cursor, changes colours or turns the line around.

const ESC = "\\x1b";
/** Escape sequences as a whole: CSI; OSC and its like up to their end; any other. */
const SEQUENCES = new RegExp(
  [
    `(?:${ESC}\\[|\\x9b)[0-?]*[ -/]*[@-~]`,
    `${ESC}[\\]PX^_][^\\x07\\x1b\\x9c]*(?:\\x07|${ESC}\\\\|\\x9c)?`,
    `${ESC}[ -/]*[0-~]?`,
  ].join("|"),
  "g",
);
/** Everything that Unicode calls a control, but for tab and line feed. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;
/** Turn text around, so that it reads as something else. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Of text from outside, over as many lines as it has. */
export const lines = (text: string): string =>
  text.replace(/\r\n?/g, "\n").replace(SEQUENCES, "").replace(CONTROLS, "\ufffd").replace(BIDI, "\ufffd");

/** The same on one line. */
export const line = (text: string): string =>
  lines(text)
    .replace(/\s*\n\s*/g, " ⏎ ")
    .replaceAll("\t", " ");

const PLAIN = /^[ -~]*$/;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
/** Marks, what joins and formats, and the later parts of a Korean syllable. */
const NARROW = /\p{Mn}|\p{Me}|(?!\u00ad)\p{Cf}|[\u1160-\u11ff\ud7b0-\ud7fb]/u;
/** Shown as one picture, however many characters it is made of. */
const PICTURE = /\p{Emoji_Presentation}|\ufe0f|\p{Regional_Indicator}{2}/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What a reader takes for one letter: they are not taken apart. */
const lettersOf = (text: string): readonly string[] =>
  PLAIN.test(text) ? [...text] : Array.from(graphemes.segment(text), ({ segment }) => segment);

const ofCharacter = (character: string): number =>
  NARROW.test(character) ? 0 : WIDE.test(character) ? 2 : 1;

const ofLetter = (letter: string): number =>
  letter.length > 1 && PICTURE.test(letter)
    ? 2
    : [...letter].reduce((sum, character) => sum + ofCharacter(character), 0);

/** Columns that a line takes. */
export const width = (text: string): number =>
  PLAIN.test(text) ? text.length : lettersOf(text).reduce((sum, letter) => sum + ofLetter(letter), 0);

/** As much of a line as fits, `…` at the end of what does not. */
export function fitted(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let used = 0;
  let kept = "";
  for (const letter of lettersOf(text)) {
    used += ofLetter(letter);
    if (used > columns - 1) break;
    kept += letter;
  }
  return columns > 0 ? `${kept}…` : "";
}

export const padded = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - width(text)));

/** 12 ms, 1.2 s, 3 min 05 s, 2 h 10 min, 3 d 4 h. */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [minutes, hours, days] = [
    Math.floor(whole / 60),
    Math.floor(whole / 3600),
    Math.floor(whole / 86_400),
  ];
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, "0")} s`;
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${days} d ${hours % 24} h`;
}

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
