// What commands are given to serve with.

export type Serving = {
  readonly url: string;
  readonly asksForKeys: boolean;
  /** Nothing new is taken; what is being answered is answered. */
  readonly close: () => Promise<void>;
};
