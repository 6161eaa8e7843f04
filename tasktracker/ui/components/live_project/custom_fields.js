// Custom fields among the others: their names begin with `custom.`, and then comes the key.
const PREFIX = "custom.";

export const customName = (key) => PREFIX + key;
export const customKey = (name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : null);
