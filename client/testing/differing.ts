/** The rows in which two lists of lines differ, since VS Code cuts long texts in their middle, where they may. Without an editor. */

export interface Sides {
  readonly expected: readonly string[];
  readonly computed: readonly string[];
}

export const differingRows = ({ expected, computed }: Sides): Sides => ({
  expected: expected.filter((row) => !computed.includes(row)),
  computed: computed.filter((row) => !expected.includes(row)),
});
