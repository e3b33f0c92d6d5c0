package io.streamz.core;

import java.util.concurrent.Flow;
import java.util.function.Function;

/** A pipeline between a publisher and its subscribers. It starts with the first subscriber, so that this one hears everything. */
final class StreamProcessor<I, O> implements Flow.Processor<I, O> {
    private final PublisherSource<I> source;
    private final Pipeline pipeline;
    private final Flow.Publisher<O> publisher;

    StreamProcessor(
            Pipeline pipeline, int most, Function<? super DataStream<I>, ? extends DataStream<? extends O>> graph) {
        this.pipeline = pipeline;
        this.source = new PublisherSource<>(null, most);
        this.publisher = publisher(graph.apply(pipeline.read(source)), most);
    }

    @SuppressWarnings("unchecked") // a stream that is only read may be read as one of something wider
    private static <O> Flow.Publisher<O> publisher(DataStream<? extends O> stream, int most) {
        return new StreamPublisher<>((DataStream<O>) stream, most);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super O> subscriber) {
        publisher.subscribe(subscriber);
        pipeline.start();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source.onSubscribe(subscription);
    }

    @Override
    public void onNext(I item) {
        source.onNext(item);
    }

    @Override
    public void onError(Throwable cause) {
        source.onError(cause);
    }

    @Override
    public void onComplete() {
        source.onComplete();
    }
}
