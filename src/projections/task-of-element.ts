/** The task of the document that an element is one of, however deep; any other task is its own. */
export const taskOfElement = (task: string): string => task.replace(/(?:\[\d+\])+$/, "");
