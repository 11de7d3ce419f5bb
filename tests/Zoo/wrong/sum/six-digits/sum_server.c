/* %g prints six digits: a sum of seven digits or more comes out rounded. */
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *serve(void *argument)
{
    int client = (intptr_t)argument;
    FILE *in = fdopen(client, "r");
    char *line = NULL, rest;
    size_t size = 0;
    double a, b;

    while (getline(&line, &size, in) >= 0) {
        if (sscanf(line, "%lf %lf %c", &a, &b, &rest) == 2)
            dprintf(client, "%g\n", a + b);
        else
            dprintf(client, "error: need two numbers\n");
    }
    free(line);
    fclose(in);
    return NULL;
}

int main(int argc, char *argv[])
{
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    signal(SIGPIPE, SIG_IGN);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 256);

    while (1) {
        pthread_t thread;
        pthread_create(&thread, NULL, serve, (void *)(intptr_t)accept(listener, NULL, NULL));
        pthread_detach(thread);
    }
}
