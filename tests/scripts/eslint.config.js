// What eslint holds the scripts to. Names that are not there and types are left to tsc, layout to who writes.

import js from "@eslint/js";

export default [
  js.configs.recommended,
  {
    rules: {
      "no-undef": "off", // tsc finds them
      "eqeqeq": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-shadow": "error",
      "no-duplicate-imports": "error",
      "no-implicit-globals": "error",
      "default-case-last": "error",
      "no-param-reassign": "error",
      "no-self-compare": "error",
      "no-unmodified-loop-condition": "error",
      "no-unused-expressions": "error",
    },
  },
  {
    files: ["**/frame.js"], // loaded as a classic script
    languageOptions: { sourceType: "script" },
    rules: { "no-implicit-globals": "off", "no-unused-vars": ["error", { vars: "local" }] },
  },
];
