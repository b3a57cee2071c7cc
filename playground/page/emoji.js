// The emoji names that apps use most; a name that is not here stays as it was written.

const NAMES = {
  wave: '👋', tada: '🎉', rocket: '🚀', bulb: '💡', sparkles: '✨', star: '⭐', star2: '🌟', fire: '🔥', eyes: '👀', pray: '🙏',
  clap: '👏', raised_hands: '🙌', muscle: '💪', handshake: '🤝', heart: '❤️', green_heart: '💚', blue_heart: '💙', purple_heart: '💜',
  '+1': '👍', thumbsup: '👍', '-1': '👎', thumbsdown: '👎', ok_hand: '👌', point_right: '👉', point_left: '👈', point_up: '☝️',
  point_down: '👇', raising_hand: '🙋', smile: '😄', smiley: '😃', grin: '😁', slightly_smiling_face: '🙂', blush: '😊', wink: '😉',
  thinking_face: '🤔', sweat_smile: '😅', cry: '😢', disappointed: '😞', relieved: '😌', sunglasses: '😎', white_check_mark: '✅',
  heavy_check_mark: '✔️', ballot_box_with_check: '☑️', x: '❌', no_entry: '⛔', no_entry_sign: '🚫', warning: '⚠️', question: '❓',
  grey_question: '❔', exclamation: '❗', information_source: 'ℹ️', bell: '🔔', no_bell: '🔕', zzz: '💤', hourglass: '⌛',
  hourglass_flowing_sand: '⏳', alarm_clock: '⏰', stopwatch: '⏱️', timer_clock: '⏲️', clock1: '🕐', clock3: '🕒', clock9: '🕘',
  calendar: '📅', date: '📅', spiral_calendar_pad: '🗓️', memo: '📝', pencil: '📝', pencil2: '✏️', clipboard: '📋', books: '📚',
  book: '📖', bookmark: '🔖', mag: '🔍', lock: '🔒', unlock: '🔓', key: '🔑', link: '🔗', pushpin: '📌', round_pushpin: '📍', gear: '⚙️',
  wrench: '🔧', hammer_and_wrench: '🛠️', chart_with_upwards_trend: '📈', chart_with_downwards_trend: '📉', bar_chart: '📊', dart: '🎯',
  trophy: '🏆', medal: '🏅', seedling: '🌱', herb: '🌿', evergreen_tree: '🌲', deciduous_tree: '🌳', sunny: '☀️', partly_sunny: '⛅',
  cloud: '☁️', umbrella: '☂️', snowflake: '❄️', rainbow: '🌈', zap: '⚡', boom: '💥', speech_balloon: '💬', thought_balloon: '💭',
  mega: '📣', loudspeaker: '📢', envelope: '✉️', email: '📧', inbox_tray: '📥', outbox_tray: '📤', package: '📦', gift: '🎁',
  coffee: '☕', tea: '🍵', pizza: '🍕', cake: '🍰', computer: '💻', keyboard: '⌨️', bug: '🐛', ant: '🐜', bee: '🐝', snake: '🐍',
  robot_face: '🤖', brain: '🧠', busts_in_silhouette: '👥', bust_in_silhouette: '👤', family: '👪', mortar_board: '🎓', school: '🏫',
  office: '🏢', house: '🏠', world_map: '🗺️', compass: '🧭', earth_africa: '🌍', globe_with_meridians: '🌐', airplane: '✈️',
  motorway: '🛣️', construction: '🚧', vertical_traffic_light: '🚦', red_circle: '🔴', large_blue_circle: '🔵', large_green_circle: '🟢',
  large_yellow_circle: '🟡', large_orange_circle: '🟠', white_circle: '⚪', black_circle: '⚫', arrow_right: '➡️', arrow_left: '⬅️',
  arrow_up: '⬆️', arrow_down: '⬇️', arrows_counterclockwise: '🔄', repeat: '🔁', heavy_plus_sign: '➕', heavy_minus_sign: '➖',
  double_vertical_bar: '⏸️', pause_button: '⏸️', arrow_forward: '▶️', black_square_for_stop: '⏹️', one: '1️⃣', two: '2️⃣', three: '3️⃣',
  four: '4️⃣', five: '5️⃣', hash: '#️⃣', 100: '💯', shield: '🛡️', scales: '⚖️', lifebuoy: '🛟', ear: '👂', footprints: '👣', puzzle_piece: '🧩',
};

/** Replace the `:names:` of a text that are known. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):(?::skin-tone-[2-6]:)?/g, (whole, name) => NAMES[name] ?? whole);
}

/** Return the character of an emoji's name, or the name between colons. */
export const emoji = (name) => NAMES[name] ?? `:${name}:`;
