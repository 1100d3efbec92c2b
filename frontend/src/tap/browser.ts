// Which browser this is, only to say where its permissions are changed.

export function allowKey(agent: string): string {
  if (/iPhone|iPad|iPod/.test(agent)) return "allow.safari_ios";
  if (agent.includes("SamsungBrowser")) return "allow.samsung";
  if (agent.includes("Firefox")) return "allow.firefox";
  if (agent.includes("Android") && agent.includes("Chrome")) return "allow.chrome_android";
  return "allow.other";
}
