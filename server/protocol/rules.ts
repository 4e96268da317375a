/** Where the rules are explained, one section for each: the address that a finding is linked to, with its rule id behind a `#`. */
export const RULES_PAGE = 'https://coding-spec.dev/docs/diagnostics.md';
