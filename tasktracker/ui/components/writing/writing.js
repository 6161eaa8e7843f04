// A place to write Markdown in, for fields that the server draws.
export { MarkdownEditor as default } from "tasktracker-writing/editor.js";
