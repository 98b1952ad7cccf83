/** The longest delay a timer takes; a longer one would fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
