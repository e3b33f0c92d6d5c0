package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FlowTest {
    private final List<Object> heard = new ArrayList<>();
    private Flow.Subscription subscription;

    private final Flow.Subscriber<Integer> subscriber = new Flow.Subscriber<>() {
        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Integer item) {
            heard.add(item);
        }

        @Override
        public void onError(Throwable cause) {
            heard.add(cause);
        }

        @Override
        public void onComplete() {
            heard.add("complete");
        }
    };

    @Test
    void givesAsManyAsAreAskedForAndCompletesBehindTheLast() {
        var source = DataStream.of(Integer.class);
        source.map(x -> x * 10).toPublisher().subscribe(subscriber);
        source.emitAll(List.of(1, 2, 3));
        assertThat(heard).isEmpty();
        subscription.request(2);
        assertThat(heard).containsExactly(10, 20);
        source.end();
        assertThat(heard).hasSize(2);
        subscription.request(1);
        assertThat(heard).containsExactly(10, 20, 30, "complete");
    }

    @Test
    void whoIsFullIsNotFilledFurther() {
        var source = DataStream.of(Integer.class);
        source.toPublisher().subscribe(subscriber);
        IntStream.range(0, 256).forEach(source::emit);
        assertThat(source.tryEmit(256)).isFalse();
        subscription.request(1);
        assertThat(source.tryEmit(256)).isTrue();
    }

    @Test
    void whoCancelsIsForgotten() {
        var source = DataStream.of(Integer.class);
        source.toPublisher().subscribe(subscriber);
        subscription.request(10);
        source.emit(1);
        subscription.cancel();
        source.emit(2);
        assertThat(heard).containsExactly(1);
        assertThat(source.node.down()).isEmpty();
    }

    @Test
    void askingForNothingIsAnError() {
        var source = DataStream.of(Integer.class);
        source.toPublisher().subscribe(subscriber);
        subscription.request(0);
        assertThat(heard).singleElement().isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProcessorHandsOnWhatStoppedIt() throws Exception {
        Flow.Processor<Integer, Integer> processor = Pipeline.processor("inverse", 4, stream -> stream.map(x -> 6 / x));
        var error = new CompletableFuture<Throwable>();
        processor.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(10);
            }

            @Override
            public void onNext(Integer item) {
                heard.add(item);
            }

            @Override
            public void onError(Throwable cause) {
                error.complete(cause);
            }

            @Override
            public void onComplete() {}
        });
        var cancelled = new CountDownLatch(1);
        processor.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                cancelled.countDown();
            }
        });
        processor.onNext(2);
        processor.onNext(0);
        assertThat(error.join()).hasMessageContaining("map failed on 0").hasCauseInstanceOf(ArithmeticException.class);
        assertThat(heard).containsExactly(3);
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
