// Who is signed in, the theme, and the way out.
import { h } from "vue";
import { icon } from "tasktracker-parts/icons.js";

const { t } = window.tasktracker;

// The socket goes first: the server tells the pages of an ended session to load themselves anew.
async function signOut() {
  window.tasktrackerForgetDrafts();
  window.socket.disconnect();
  await fetch("/api/v1/session", { method: "DELETE" });
  window.location.assign("/sign-in");
}

const button = (picture, name, more) =>
  h("button", { type: "button", class: "tt-icon-link", title: name, "aria-label": name, ...more }, icon(picture));

export default {
  props: { name: String, mail: String, initials: String, hue: Number },
  render() {
    return h("div", { class: "tt-person" }, [
      h("span", { class: "tt-avatar", "aria-hidden": "true", style: { "--tt-hue": this.hue } }, this.initials),
      h("a", { class: "tt-person-names", href: "/profile", title: t("Your profile") }, [
        h("span", { class: "tt-person-name", dir: "auto" }, this.name),
        h("span", { class: "tt-person-mail", dir: "auto" }, this.mail),
      ]),
      button("contrast", t("Switch between light and dark"), { "data-command": "theme", onClick: () => window.tasktrackerToggleTheme() }),
      button("logout", t("Sign out"), { "data-command": "sign-out", class: "tt-icon-link tt-mirrored", onClick: signOut }),
    ]);
  },
};
