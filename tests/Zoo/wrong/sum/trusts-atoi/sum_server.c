/* atoi makes a number of anything: letters are 0, a fraction is cut off, and a long number overflows. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    char line[256];
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {0};
    address.sin_family = AF_INET;
    address.sin_port = htons(atoi(argv[1]));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 256);

    while (1) {
        int client = accept(listener, NULL, NULL);
        if (fork() == 0) {
            FILE *in = fdopen(client, "r");
            while (fgets(line, sizeof line, in)) {
                char *first = strtok(line, " \t");
                char *second = strtok(NULL, " \t\r\n");
                int sum = atoi(first) + (second ? atoi(second) : 0);
                dprintf(client, "%d\n", sum);
            }
            exit(0);
        }
        close(client);
    }
}
