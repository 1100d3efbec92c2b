import { startRefreshing } from "../widgets/refresh";

startRefreshing();
