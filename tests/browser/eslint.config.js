import globals from "globals";

const asHtml = "Text goes in as text: use textContent, append() or replaceChildren().";
const notRewritten = "Write import(\"./name.js\"): collectstatic rewrites literal paths only.";

export default [
  {
    files: ["**/static/**/*.js", "tests/browser/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      "consistent-return": "error",
      "eqeqeq": "error",
      "max-depth": ["error", 3],
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 60 }],
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-param-reassign": "error",
      "no-undef": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      "prefer-const": "error",
      // An import without its semicolon is not rewritten by collectstatic.
      "semi": ["error", "always"],
      "no-restricted-properties": [
        "error",
        { object: "document", property: "write", message: asHtml },
        { object: "document", property: "cookie", message: "No cookie is written or read by a script." },
        { object: "window", property: "localStorage", message: "Nothing outlives the tab." },
      ],
      "no-restricted-globals": ["error", { name: "localStorage", message: "Nothing outlives the tab." }],
      "no-restricted-syntax": [
        "error",
        { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc)$/]", message: asHtml },
        { selector: "MemberExpression[property.name=/^(insertAdjacentHTML|createContextualFragment)$/]", message: asHtml },
        { selector: "ImportExpression:not([source.type='Literal'])", message: notRewritten },
      ],
    },
  },
  { files: ["**/static/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["tests/browser/*.js"], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
];
