// A run at work, live; the page is loaded anew once it has ended.
import { follow } from "../progress";

follow(document, () => location.reload());
