// Keys that put letters together (Japanese, say) belong to whoever puts them together: Enter then takes a word and does
// not save, Escape gives up a word and not the text. No field hears of them. WebKit tells the last one by its code alone.
document.addEventListener(
  "keydown",
  (event) => (event.isComposing || event.keyCode === 229) && event.stopPropagation(),
  true,
);
