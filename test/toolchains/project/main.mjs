// The program by itself: its argument is the kubeconfig, and it prints what it saw.
import { run } from "./app.mjs";

run(process.argv[2]).then(
  (text) => console.log(text),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
