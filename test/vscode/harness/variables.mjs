/** Environment variables by which the harness talks to the suite inside VS Code, and to the launcher. */
export const variables = /** @type {const} */ ({
  /** Where to write the report. */
  report: 'CODING_SPEC_TEST_REPORT',
  /** Where mocha prints. */
  output: 'CODING_SPEC_TEST_OUTPUT',
  /** Where the launcher of the server build prints what VS Code says. */
  log: 'CODING_SPEC_TEST_LOG',
  /** Which test files to load: names in `out/vscode`, without suffix, separated by commas. */
  files: 'CODING_SPEC_TEST_FILES',
  /** Only tests whose name matches. */
  grep: 'CODING_SPEC_TEST_GREP',
  /** `1` if mocha prints in colour. */
  color: 'CODING_SPEC_TEST_COLOR',
  /** The folder from which the extension under test must have been loaded. */
  extension: 'CODING_SPEC_TEST_EXTENSION',
  /** The program of yaml-language-server, which the YAML extension of others runs. */
  yamlServer: 'CODING_SPEC_TEST_YAML_SERVER',
  /** Which of the planted failures to run. */
  plant: 'CODING_SPEC_TEST_PLANT',
});
