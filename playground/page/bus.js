// Lets parts of the page hear of each other's news without knowing each other.

const bus = new EventTarget();

/** Tell everyone who hears `name` about it. */
export function tell(name, detail) {
  bus.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Call `listener` with each news of that name. */
export function hear(name, listener) {
  bus.addEventListener(name, (event) => listener(event.detail));
}
