// What the command line finds beside what the inspectors do.

export const fault = (code, sentence) => ({ severity: "fault", code, sentence });
export const warning = (code, sentence) => ({ severity: "warning", code, sentence });
