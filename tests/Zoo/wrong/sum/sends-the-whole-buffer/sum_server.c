/* The whole buffer is sent, not only the text in it: behind each reply come dozens of NUL bytes. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 256);

    while (1) {
        int client = accept(listener, NULL, NULL);
        if (fork() == 0) {
            FILE *in = fdopen(client, "r");
            char line[8192], reply[64], rest;
            long long a, b;
            while (fgets(line, sizeof line, in)) {
                memset(reply, 0, sizeof reply);
                if (sscanf(line, "%lld %lld %c", &a, &b, &rest) == 2)
                    sprintf(reply, "%lld\n", a + b);
                else
                    strcpy(reply, "error\n");
                send(client, reply, sizeof reply, 0);
            }
            exit(0);
        }
        close(client);
    }
}
